/// There is a session, and no server to renew it: show the app as offline.
struct Offline: Error {}
