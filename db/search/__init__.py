"""The client index: folding, ranking, finding; plain B-trees on both databases.

`parse` reads what was typed, the router takes it through the look-ups, and `index_client`
keeps the index in step within the transaction that changes a client.
"""

from db.search.clients import note_search, search_clients
from db.search.index import check_index, index_client
from db.search.rebuild import rebuild_index

__all__ = ["check_index", "index_client", "note_search", "rebuild_index", "search_clients"]
