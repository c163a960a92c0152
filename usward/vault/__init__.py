"""Keys and seals. The only package that imports a cryptography library; it knows owners by id only, no people."""
