"""Looking for a club in one's own words.

A typed wish is understood, every part of it stands as a button that takes it away, and the results
are one message edited in place. Other words begin anew; «7 лет» or «а бесплатно?» narrow what is on
the screen. A place is asked for only when somebody wants the nearest, and lives in this
conversation's state alone.
"""
