import Testing

// One test after the other: each has a server of its own or shares one, and all share the machine.
@Suite("The program itself", .serialized)
enum EndToEnd {}
