"""How amity's event reader is made from the open corpus; see training/README.md."""
