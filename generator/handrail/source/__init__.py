"""Text -> located nodes. The only doors to the YAML and Markdown parsers."""
