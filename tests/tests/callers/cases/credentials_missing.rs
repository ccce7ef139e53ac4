//! A client that nobody has given credentials.

use generated_client::{AccountSid, Client, Credentials, Error};

pub fn client(account: AccountSid) -> Result<Client, Error> {
    let _credentials = Credentials::auth_token(account, "token");
    Client::builder().build() //~ E0061
    Client::builder(_credentials).build() //~ right
}
