"""Approval by link: an approver decides on any device, without signing in."""
