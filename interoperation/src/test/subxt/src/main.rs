//! What validators do, with code that subxt generates from the chain's metadata at compile time. The request is JSON on
//! standard input, the answer JSON on standard output.

use serde_json::{json, Value};
use std::error::Error;
use std::str::FromStr;
use subxt::client::OnlineClientAtBlock;
use subxt::utils::AccountId32;
use subxt::{OnlineClient, PolkadotConfig};
use subxt_signer::sr25519::Keypair;
use subxt_signer::SecretUri;

#[subxt::subxt(runtime_metadata_path = "metadata.scale")]
mod chain {}

use chain::runtime_types::pallet_commitments::types::{CommitmentInfo, Data};
use chain::runtime_types::bounded_collections::bounded_vec::BoundedVec;

type Failure = Box<dyn Error>;
type Block = OnlineClientAtBlock<PolkadotConfig>;

fn pair(uri: &str) -> Result<Keypair, Failure> {
    // In front of the derivations stands the phrase of the development accounts.
    let phrase = "bottom drive obey lake curtain smoke basket hold race lonely fit walk";
    Ok(Keypair::from_uri(&SecretUri::from_str(&format!("{phrase}{uri}"))?)?)
}

fn account(pair: &Keypair) -> AccountId32 {
    pair.public_key().to_account_id()
}

async fn send<C>(api: &OnlineClient<PolkadotConfig>, call: C, by: &Keypair) -> Result<Value, Failure>
where
    C: subxt::transactions::Payload,
{
    let transactions = api.at_current_block().await?;
    let included = transactions
        .transactions()
        .sign_and_submit_then_watch_default(&call, by)
        .await?
        .wait_for_finalized()
        .await?;
    let block = format!("{:?}", included.block_hash());
    match included.wait_for_success().await {
        Ok(events) => {
            let mut names = Vec::new();
            for event in events.iter() {
                let event = event?;
                names.push(format!("{}.{}", event.pallet_name(), event.event_name()));
            }
            Ok(json!({"error": null, "block": block, "events": names}))
        }
        Err(error) => Ok(json!({"error": error.to_string(), "block": block, "events": []})),
    }
}

async fn uid(at: &Block, netuid: u16, hotkey: AccountId32) -> Result<u16, Failure> {
    let uids = chain::storage().subtensor_module().uids();
    Ok(at.storage().fetch(uids, (netuid, hotkey)).await?.decode()?)
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Failure> {
    let request: Value = serde_json::from_reader(std::io::stdin())?;
    let text = |name: &str| request[name].as_str().expect("a text").to_string();
    let netuid = request["netuid"].as_u64().expect("a number") as u16;
    let owner_hotkey = pair(&text("ownerHotkey"))?;
    let hotkey = pair(&text("hotkey"))?;
    let api = OnlineClient::<PolkadotConfig>::from_insecure_url(text("endpoint")).await?;
    let calls = chain::transactions();
    let mut answer = json!({"genesis": format!("{:?}", api.genesis_hash())});

    let register = |of: &Keypair| calls.subtensor_module().burned_register(netuid, account(of));
    answer["registerOwner"] = send(&api, register(&owner_hotkey), &pair(&text("owner"))?).await?;
    answer["register"] = send(&api, register(&hotkey), &pair(&text("coldkey"))?).await?;

    let content: [u8; 64] = text("commitment").into_bytes().try_into().expect("64 bytes");
    let info = CommitmentInfo { fields: BoundedVec(vec![Data::Raw64(content)]) };
    answer["commit"] = send(&api, calls.commitments().set_commitment(netuid, info), &hotkey).await?;

    let number = request["axon"]["number"].as_u64().expect("an address") as u128;
    let port = request["axon"]["port"].as_u64().expect("a port") as u16;
    let serve = calls.subtensor_module().serve_axon(netuid, 1, number, port, 4, 4, 0, 0);
    answer["serve"] = send(&api, serve, &hotkey).await?;

    let weights = request["weights"].as_array().expect("pairs");
    let column = |at: usize| -> Vec<u16> {
        weights.iter().map(|pair| pair[at].as_u64().expect("a number") as u16).collect()
    };
    let set = || calls.subtensor_module().set_mechanism_weights(netuid, 0.into(), column(0), column(1), 0);
    answer["strangersWeights"] = send(&api, set(), &hotkey).await?;
    answer["weights"] = send(&api, set(), &owner_hotkey).await?;

    let at = api.at_current_block().await?;
    answer["uid"] = json!(uid(&at, netuid, account(&hotkey)).await?);
    let own = uid(&at, netuid, account(&owner_hotkey)).await?;
    let row = chain::storage().subtensor_module().weights();
    answer["weightsRead"] = json!(at.storage().fetch(row, (netuid, own)).await?.decode()?);
    let mut hotkeys = Vec::new();
    let mut members = at.storage().iter(chain::storage().subtensor_module().keys(), (netuid,)).await?;
    while let Some(member) = members.next().await {
        hotkeys.push(member?.value().decode()?.to_string());
    }
    answer["hotkeys"] = json!(hotkeys);
    let asked = chain::runtime_apis().subnet_info_runtime_api().get_metagraph(netuid.into());
    let metagraph = at.runtime_apis().call(asked).await?.expect("the subnet");
    answer["tempo"] = json!(metagraph.tempo);

    let mut heads = Vec::new();
    let mut blocks = api.stream_blocks().await?;
    while heads.len() < 4 {
        let block = blocks.next().await.expect("a block")?;
        let parent = format!("{:?}", block.header().parent_hash);
        heads.push(json!({"number": block.number(), "hash": format!("{:?}", block.hash()), "parent": parent}));
    }
    answer["heads"] = json!(heads);
    println!("{answer}");
    Ok(())
}
