"""Every error a user can meet. Each carries what is wrong (`message`) and what to do next (`hint`).

    CaseloreError
    ├── UsageError                the call itself is wrong                                    exit 2   HTTP 422
    │   ├── EmptyQuestion
    │   ├── QuestionTooLong
    │   └── UnknownFilter
    ├── DocumentError             one file cannot be taken; the others go on                  exit 3   HTTP 422
    │   ├── UnsupportedFormat
    │   ├── EmptyDocument
    │   ├── EncryptedDocument
    │   ├── DamagedDocument
    │   ├── DocumentTooLarge
    │   ├── ParseTimeout
    │   ├── ParserCrashed
    │   └── UnreadableFile
    ├── Stopped                   the user stopped it                                         exit 130
    └── UnavailableError          what was asked for cannot be had now                        exit 4   HTTP 503
        ├── NothingToIngest       no such path, or a folder without documents                          HTTP 404
        ├── DocumentNotFound                                                                           HTTP 404
        ├── ConversationNotFound                                                                       HTTP 404
        ├── AnswerNotFound                                                                             HTTP 404
        ├── IndexMissing
        ├── IndexLocked           another process holds the embedded store                             HTTP 409
        ├── IndexDamaged
        ├── ModelUnavailable
        ├── ModelMismatch         the index was built with another model                               HTTP 409
        ├── StoreUnavailable      the Qdrant server is away or refuses
        ├── DataDirNotWritable
        ├── ParsersUnavailable    no worker process can be started, or the service is stopping
        └── PortInUse

Third-party exceptions never leave the module that calls the third party: parsers raise `DocumentError`s, stores and
models raise `UnavailableError`s.
"""

from typing import ClassVar


class CaseloreError(Exception):
    """Base of all errors that a user can do something about.

    `message` names the thing and what is wrong with it, on one line; `hint` is the next step, on one line.
    """

    exit_code: ClassVar[int] = 1
    http_status: ClassVar[int] = 500

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message} {self.hint}".strip()


class UsageError(CaseloreError):
    """The call itself is wrong: an option, a question, a filter."""

    exit_code = 2
    http_status = 422


class EmptyQuestion(UsageError):
    """The question has no words in it."""


class QuestionTooLong(UsageError):
    """The question has more characters than the setting allows."""


class UnknownFilter(UsageError):
    """A filter names a key that documents do not have, or is not `key=value`."""


class DocumentError(CaseloreError):
    """One file cannot be taken; the others go on."""

    exit_code = 3
    http_status = 422


class UnsupportedFormat(DocumentError):
    """No parser reads this kind of file, or its content is not what its extension says."""


class EmptyDocument(DocumentError):
    """The file has no bytes, or no text in it."""


class EncryptedDocument(DocumentError):
    """The file asks for a password."""


class DamagedDocument(DocumentError):
    """The file is truncated or malformed."""


class DocumentTooLarge(DocumentError):
    """The file, or what it unpacks to, is over a limit."""


class ParseTimeout(DocumentError):
    """Reading the file made no progress for too long, or took too long in all."""


class ParserCrashed(DocumentError):
    """The file brought down the process that was reading it."""


class UnreadableFile(DocumentError):
    """The operating system does not let the file be read."""


class Stopped(CaseloreError):
    """The user stopped it; what was done is kept."""

    exit_code = 130


class UnavailableError(CaseloreError):
    """What was asked for cannot be had now."""

    exit_code = 4
    http_status = 503


class NothingToIngest(UnavailableError):
    """The path does not exist, or holds no file of a known format."""

    http_status = 404


class DocumentNotFound(UnavailableError):
    """No document of that id is in the library."""

    http_status = 404


class ConversationNotFound(UnavailableError):
    """No conversation of that id is kept."""

    http_status = 404


class AnswerNotFound(UnavailableError):
    """No answer of that id is kept."""

    http_status = 404


class IndexMissing(UnavailableError):
    """Nothing has been ingested yet."""


class IndexLocked(UnavailableError):
    """Another process holds the embedded store."""

    http_status = 409


class IndexDamaged(UnavailableError):
    """The index on disk cannot be opened."""


class ModelUnavailable(UnavailableError):
    """The model is in no place the model store looks."""


class ModelMismatch(UnavailableError):
    """The index was built with another embedding model."""

    http_status = 409


class StoreUnavailable(UnavailableError):
    """The Qdrant server is away, or refuses."""


class DataDirNotWritable(UnavailableError):
    """The data folder cannot be created or written (rights, or a full disk)."""


class ParsersUnavailable(UnavailableError):
    """Files cannot be read now: no process to read them in can be started, or reading was stopped."""


class PortInUse(UnavailableError):
    """Another program listens on the port."""
