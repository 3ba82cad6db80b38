"""Comparing what sealed postings tell with what tables hold, each read once.

A full join would compare every row of the one with every row of the other, and a shop of some years never
came to the end of its audit.
"""

APART = """
        SELECT x FROM (SELECT * FROM told EXCEPT SELECT * FROM real)
        UNION SELECT x FROM (SELECT * FROM real EXCEPT SELECT * FROM told)"""
"""What follows two queries named `told` and `real`: the first column of rows only one of them has."""


def both_ways(told: str, real: str, columns: str, also: str = "") -> str:
    """Write the query for rows only one of two queries has, by the first of their columns, named x.

    `columns` names the others; `also` finds more of the same.
    """
    more = f" UNION ALL {also}" if also else ""
    return f"WITH told (x, {columns}) AS ({told}), real (x, {columns}) AS ({real}){APART}{more}"
