"""Access: who calls, what each route asks of its caller, and for whom things exist at all. Below the features."""
