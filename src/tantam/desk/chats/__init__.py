"""Chats: who is at which window, what they have read, who of us takes how many; what is said is the case's."""
