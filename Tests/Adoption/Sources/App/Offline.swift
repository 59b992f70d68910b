/// There is a session, but no access token for now: show what is cached.
struct Offline: Error {}
