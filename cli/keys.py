"""`zhishou keys`: the key that vouches for whoever sends a command, and those that are trusted."""

import typer

from runtime.settings import Given
from runtime.signing import Signer, trusted_keys
from runtime.signing import rotate as rotate_in
from runtime.signing import withdraw as withdraw_in

app = typer.Typer(no_args_is_help=True, help="The keys that sign what the API has taken; nothing has to run.")


@app.command()
def show() -> None:
    """Print the public keys that this installation trusts; the one that signs now is marked."""
    folder = Given().key_folder
    signing = Signer.of(folder).id
    for key_id, public in trusted_keys(folder).items():
        print(f"{'signs now' if key_id == signing else 'trusted  '}  {key_id}  {public}")


@app.command()
def rotate() -> None:
    """Sign with a new key after the API's next start. What the old ones signed stays valid: their files remain."""
    folder = Given().key_folder
    Signer.of(folder)
    print(f"new key {rotate_in(folder)}; restart the API to sign with it")


@app.command()
def withdraw(key: str = typer.Argument(help="Its id, as `show` prints it.")) -> None:
    """Trust a key no more: what it signs is refused at once, also by tickets that are open."""
    withdraw_in(Given().key_folder, key)
    print(f"{key} is trusted no more")
