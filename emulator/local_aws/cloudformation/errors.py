"""Failures whose text is meant for the person who deploys: it becomes the reason of a stack event."""


class TemplateError(ValueError):
    """The template asks for something that does not exist."""


class ResourceError(ValueError):
    """A resource cannot be created, changed or deleted as asked; begins with the service's error code if any."""
