//! Lists the installed add-ons, lists the extensions of one, and enables one of them.
//!
//! With nothing set up it talks to a mock on this machine, which is made from the API's description:
//!
//! ```sh
//! cargo run -p generated-client --example enable_extension
//! ```
//!
//! With `TWILIO_ACCOUNT_SID`, `TWILIO_API_KEY` and `TWILIO_API_SECRET` (or `TWILIO_AUTH_TOKEN`) in the environment it
//! talks to Twilio. It changes nothing there unless it is told which extension to enable:
//!
//! ```sh
//! cargo run -p generated-client --example enable_extension -- XF0123456789abcdef0123456789abcdef
//! ```

use std::error::Error;
use std::process::ExitCode;

use generated_client::types::InstalledAddOnExtension;
use generated_client::{Client, Credentials, ExtensionSid, InstalledAddOnSid};
use tests::Marketplace;

/// Where the example talks to.
enum Place {
    /// The mock lives as long as this value.
    Mock(Marketplace),
    Twilio,
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    match run().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn run() -> Result<(), Box<dyn Error>> {
    let wanted: Option<ExtensionSid> = match std::env::args().nth(1) {
        Some(argument) => Some(argument.parse()?),
        None => None,
    };
    let (client, place) = connect()?;
    match &place {
        Place::Mock(mock) => println!(
            "Talking to a mock on this machine, {}. Nothing leaves it.",
            mock.url()
        ),
        Place::Twilio => println!("Talking to Twilio, account {}.", client.account_sid()),
    }

    println!("\nInstalled add-ons:");
    let mut installed = Vec::new();
    let mut add_ons = client.installed_add_ons().list().all_items();
    while let Some(add_on) = add_ons.next().await {
        let add_on = add_on?;
        println!(
            "  {}  {}",
            add_on.sid,
            add_on.friendly_name.unwrap_or_default()
        );
        installed.push(add_on.sid);
    }

    // Without an extension to look for, the first add-on serves.
    for add_on in installed {
        let extensions = show_extensions(&client, add_on).await?;
        let found = match (wanted, &place) {
            (Some(wanted), _) => extensions.iter().find(|extension| extension.sid == wanted),
            (None, Place::Mock(_)) => extensions
                .iter()
                .find(|extension| extension.enabled == Some(false)),
            (None, Place::Twilio) => {
                println!("\nNothing was changed, because this is a real account.");
                println!("To enable an extension, give its SID as the argument.");
                return Ok(());
            }
        };
        if let Some(extension) = found {
            return enable(&client, add_on, extension).await;
        }
    }
    println!("\nThere is no extension to enable, so nothing was changed.");
    Ok(())
}

/// A client of Twilio if the environment holds credentials, and of a new mock if it holds none.
fn connect() -> Result<(Client, Place), Box<dyn Error>> {
    let names = [
        "TWILIO_ACCOUNT_SID",
        "TWILIO_API_KEY",
        "TWILIO_API_SECRET",
        "TWILIO_AUTH_TOKEN",
    ];
    let is_set = |name: &&str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    if names.iter().any(is_set) {
        // Half of the credentials is an error that says what is missing.
        return Ok((Client::from_env()?, Place::Twilio));
    }
    let mock = Marketplace::start()?;
    let account = Marketplace::ACCOUNT_SID.parse()?;
    let client = Client::builder(Credentials::api_key(
        Marketplace::API_KEY,
        Marketplace::API_SECRET,
        account,
    ))
    .base_urls(mock.url())
    .build()?;
    Ok((client, Place::Mock(mock)))
}

/// Prints the extensions of an installed add-on.
async fn show_extensions(
    client: &Client,
    add_on: InstalledAddOnSid,
) -> Result<Vec<InstalledAddOnExtension>, Box<dyn Error>> {
    println!("\nExtensions of {add_on}:");
    let mut all = Vec::new();
    let mut extensions = client
        .installed_add_on(add_on)
        .extensions()
        .list()
        .all_items();
    while let Some(extension) = extensions.next().await {
        let extension = extension?;
        println!(
            "  {}  {:8}  {}",
            extension.sid,
            state(&extension),
            name(&extension)
        );
        all.push(extension);
    }
    Ok(all)
}

/// Enables an extension and asks again, to show that it stays so.
async fn enable(
    client: &Client,
    add_on: InstalledAddOnSid,
    extension: &InstalledAddOnExtension,
) -> Result<(), Box<dyn Error>> {
    let handle = client.installed_add_on(add_on).extension(extension.sid);
    handle.enable().await?;
    let now = handle.fetch().await?;
    println!(
        "\n{} ({}) was {} and is {} now.",
        now.sid,
        name(&now),
        state(extension),
        state(&now)
    );
    Ok(())
}

fn name(extension: &InstalledAddOnExtension) -> &str {
    extension.unique_name.as_deref().unwrap_or("without a name")
}

fn state(extension: &InstalledAddOnExtension) -> &'static str {
    match extension.enabled {
        Some(true) => "enabled",
        Some(false) => "disabled",
        None => "unknown",
    }
}
