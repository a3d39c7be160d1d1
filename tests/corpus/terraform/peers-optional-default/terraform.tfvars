caches = {
  sessions = {}
  pages    = { engine = "valkey" }
}
