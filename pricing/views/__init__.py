"""The price pages: public, rendered on the server, useful without JavaScript."""
