"""The month, composed together: offers, draft, agreed, published."""
