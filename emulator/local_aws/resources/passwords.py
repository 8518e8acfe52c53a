"""Generated secret values with the semantics of Secrets Manager's GetRandomPassword."""

import json
import secrets
import string
from typing import Any

from local_aws.cloudformation.errors import ResourceError
from local_aws.cloudformation.registry import names
from local_aws.resources.values import boolean, integer

_CLASSES = {
    "ExcludeLowercase": string.ascii_lowercase,
    "ExcludeUppercase": string.ascii_uppercase,
    "ExcludeNumbers": string.digits,
    "ExcludePunctuation": string.punctuation,
}
_OPTIONS = _CLASSES.keys() | names(
    "ExcludeCharacters GenerateStringKey IncludeSpace PasswordLength RequireEachIncludedType SecretStringTemplate"
)


def generate_secret_string(options: dict[str, Any]) -> str:
    """The value that GenerateSecretString asks for: a password, or a JSON template with the password in it."""
    unknown = sorted(options.keys() - _OPTIONS)
    if unknown:
        raise ResourceError(f"GenerateSecretString: extraneous key [{unknown[0]}] is not permitted")
    template, key = options.get("SecretStringTemplate"), options.get("GenerateStringKey")
    if (template is None) != (key is None):
        raise ResourceError(
            "InvalidRequestException: SecretStringTemplate and GenerateStringKey must be specified together."
        )
    password = generate_password(options)
    if template is None:
        return password
    try:
        return json.dumps({**json.loads(template), key: password})
    except (ValueError, TypeError) as error:
        raise ResourceError("InvalidRequestException: SecretStringTemplate is not a JSON object.") from error


def generate_password(options: dict[str, Any]) -> str:
    """A random password by the options of GetRandomPassword."""
    length = integer(options, "PasswordLength", 32, 1, 4096)
    excluded = set(options.get("ExcludeCharacters", ""))
    classes = [characters for option, characters in _CLASSES.items() if not boolean(options, option, False)]
    if boolean(options, "IncludeSpace", False):
        classes.append(" ")
    allowed = [usable for characters in classes if (usable := [c for c in characters if c not in excluded])]
    if not allowed:
        raise ResourceError("InvalidParameterException: every character is excluded from the password.")
    random = secrets.SystemRandom()
    password = (
        [random.choice(characters) for characters in allowed]
        if boolean(options, "RequireEachIncludedType", True)
        else []
    )
    if len(password) > length:
        raise ResourceError(
            f"InvalidParameterException: PasswordLength {length} is too short for one character of each included type."
        )
    every = [character for characters in allowed for character in characters]
    password += random.choices(every, k=length - len(password))
    random.shuffle(password)
    return "".join(password)
