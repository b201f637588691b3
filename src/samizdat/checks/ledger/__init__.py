"""The ledger: the text of a finished file, taken out of its bytes again and laid word by word beside the book."""

from samizdat.checks.ledger.account import Account, accounts

__all__ = ["Account", "accounts"]
