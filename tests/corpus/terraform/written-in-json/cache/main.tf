variable "nodes" {}

resource "aws_elasticache_replication_group" "main" {
  #      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error: cache-no-replica
  replication_group_id = "main"
  description          = "main"
  num_cache_clusters   = var.nodes
}
