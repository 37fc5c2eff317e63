"""Courses and articles: whether people can know what they are to do."""
