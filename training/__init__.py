"""The recipe of amity's English language model; see README.md."""
