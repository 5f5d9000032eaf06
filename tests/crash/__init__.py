"""Web, worker and database are killed while money flows; at the end nothing is lost and nothing is there twice."""
