// SQLite, and what Swift cannot import of it: macros that are casts, and variadic functions.
#ifndef OFFPRINT_CSQLITE_SHIM_H
#define OFFPRINT_CSQLITE_SHIM_H

#include <sqlite3.h>

// SQLite copies what is bound, so the pointer need not outlive the call.
static inline int offprint_bind_text(
    sqlite3_stmt *statement, int index, const char *text, sqlite3_uint64 octets) {
  return sqlite3_bind_text64(statement, index, text, octets, SQLITE_TRANSIENT, SQLITE_UTF8);
}

static inline int offprint_bind_blob(
    sqlite3_stmt *statement, int index, const void *octets, sqlite3_uint64 count) {
  return sqlite3_bind_blob64(statement, index, octets, count, SQLITE_TRANSIENT);
}

// No statement may damage the file's structure, and a text in double quotes is never a value.
static inline void offprint_harden(sqlite3 *database) {
  sqlite3_db_config(database, SQLITE_DBCONFIG_DEFENSIVE, 1, (int *)0);
  sqlite3_db_config(database, SQLITE_DBCONFIG_DQS_DML, 0, (int *)0);
  sqlite3_db_config(database, SQLITE_DBCONFIG_DQS_DDL, 0, (int *)0);
  sqlite3_db_config(database, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, (int *)0);
}

// The write-ahead log is left as it is when the last connection is closed.
static inline void offprint_keep_log(sqlite3 *database) {
  sqlite3_db_config(database, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, (int *)0);
}

#endif
