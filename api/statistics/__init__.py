"""Statistics: how promises were kept, what is open and whose it is, how long work takes, how late alarms are."""
