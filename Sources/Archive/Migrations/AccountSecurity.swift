extension Migrations {
  /// Second factors, invitations by administrators, what is known of sessions, and an audit log that
  /// can only grow.
  static let accountSecurity: StaticString = """
    -- Since when the account may not sign in; NULL when it may.
    ALTER TABLE staff ADD COLUMN disabled INTEGER;
    -- When somebody last signed in.
    ALTER TABLE staff ADD COLUMN signed_in INTEGER;
    -- The secret of one-time codes; NULL without a second factor. `last_step` is the last step whose
    -- code was accepted: none is accepted twice.
    ALTER TABLE staff ADD COLUMN second_factor BLOB;
    ALTER TABLE staff ADD COLUMN last_step INTEGER;

    -- The SHA-256 of recovery codes that have not been used.
    CREATE TABLE recovery_code (
      staff INTEGER NOT NULL REFERENCES staff (id) ON DELETE CASCADE,
      code BLOB NOT NULL,
      PRIMARY KEY (staff, code)
    ) WITHOUT ROWID;

    ALTER TABLE session ADD COLUMN network TEXT NOT NULL DEFAULT '';
    ALTER TABLE session ADD COLUMN browser TEXT NOT NULL DEFAULT '';
    CREATE INDEX session_staff ON session (staff);

    CREATE TABLE known_browser (
      staff INTEGER NOT NULL REFERENCES staff (id) ON DELETE CASCADE,
      browser TEXT NOT NULL,
      used INTEGER NOT NULL,
      PRIMARY KEY (staff, browser)
    ) WITHOUT ROWID;

    ALTER TABLE invitation RENAME TO former_invitation;
    CREATE TABLE invitation (
      id INTEGER PRIMARY KEY,
      -- The SHA-256 of the token in the link.
      token BLOB NOT NULL UNIQUE,
      role TEXT NOT NULL,
      -- A suggestion for the name; empty for none.
      name TEXT NOT NULL,
      -- The account whose password the link sets; NULL for a new account.
      staff INTEGER REFERENCES staff (id) ON DELETE CASCADE,
      inviter TEXT NOT NULL,
      made INTEGER NOT NULL,
      expires INTEGER NOT NULL
    );
    INSERT INTO invitation (token, role, name, inviter, made, expires)
      SELECT token, role, '', 'offprint', expires - 86400, expires FROM former_invitation;
    DROP TABLE former_invitation;

    INSERT INTO setting (name, value) VALUES ('second factor key', randomblob(32))
      ON CONFLICT DO NOTHING;

    CREATE INDEX audit_at ON audit (at);
    CREATE TRIGGER audit_is_kept BEFORE DELETE ON audit BEGIN
      SELECT RAISE(ABORT, 'entries of the audit log cannot be deleted');
    END;
    -- Erasing a subscriber, whose right it is, takes the address out of the entries.
    CREATE TRIGGER audit_is_not_changed BEFORE UPDATE ON audit
      WHEN NOT (new.subject = '' AND instr(old.subject, '@') > 0
        AND old.action IN ('confirmed subscription', 'unsubscribed', 'added subscriber',
          'suspended subscriber', 'deleted subscriber')
        AND new.id IS old.id AND new.at IS old.at AND new.actor IS old.actor
        AND new.action IS old.action AND new.detail IS old.detail
        AND new.before IS old.before AND new.after IS old.after) BEGIN
      SELECT RAISE(ABORT, 'entries of the audit log cannot be changed');
    END;
    -- INSERT OR REPLACE deletes without a trigger.
    CREATE TRIGGER audit_is_not_replaced BEFORE INSERT ON audit
      WHEN EXISTS (SELECT 1 FROM audit WHERE id = new.id) BEGIN
      SELECT RAISE(ABORT, 'entries of the audit log cannot be replaced');
    END;
    """
}
