"""The library: what is made of many books together."""
