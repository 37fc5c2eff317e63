"""Where AI assistants come in: tools with the rights of their account and token, over MCP."""
