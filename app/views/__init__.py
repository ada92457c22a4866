"""What the public and the officials may see of standings and athletes: the one place that knows privacy.

Every answer is made whole, for officials, and `audience.seen_by` lets through to the public only what
`audience.PUBLIC_FIELDS` lists. A field that nobody thought of stays inside.
"""
