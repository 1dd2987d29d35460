using IoTJobsToolkit.Engine.Access;
using IoTJobsToolkit.Engine.Storage;
using static IoTJobsToolkit.Stores.Tests.Conformance.Records;

namespace IoTJobsToolkit.Stores.Tests.Conformance;

/// <summary>Access keys, and certificates and tokens of things.</summary>
public abstract partial class JobsStoreConformance
{
    [Fact]
    public void An_access_key_comes_back_with_every_field_and_goes()
    {
        Commit(KeyChange(1, isDeleted: false));
        Commit(KeyChange(2, isDeleted: false));
        Same([FullAccessKey(1), FullAccessKey(2)], Store.Load().AccessKeys.OrderBy(key => key.Sequence));

        Commit(KeyChange(1, isDeleted: true));
        Same(FullAccessKey(2), Assert.Single(Store.Load().AccessKeys));
    }

    [Fact]
    public void A_commit_that_is_wrong_about_an_access_key_changes_nothing()
    {
        Commit(KeyChange(1, isDeleted: false));
        foreach (var wrong in new[] { KeyChange(1, isDeleted: false), KeyChange(2, isDeleted: true) })
        {
            wrong.Put(Job(9));
            Assert.ThrowsAny<Exception>(() => Store.Commit(wrong));
        }
        Assert.Single(Store.Load().AccessKeys);
        Assert.Empty(Store.Load().Jobs);
    }

    [Fact]
    public void An_account_comes_back_with_every_field_changes_and_goes()
    {
        var bare = FullAccount(2) with { LastSignInAt = null, FailedAttempts = 0, LockedUntil = null };
        Commit(AccountChange(null, FullAccount(1)));
        Commit(AccountChange(null, bare));
        Same([FullAccount(1), bare], Store.Load().Accounts.OrderBy(account => account.Sequence));

        Commit(AccountChange(bare, FullAccount(2)));
        Commit(AccountChange(FullAccount(1), null));
        Same(FullAccount(2), Assert.Single(Store.Load().Accounts));
    }

    [Fact]
    public void A_commit_that_is_wrong_about_an_account_changes_nothing()
    {
        Commit(AccountChange(null, FullAccount(1)));
        foreach (var wrong in new[] { AccountChange(null, FullAccount(1)), AccountChange(FullAccount(2), null), AccountChange(FullAccount(2), FullAccount(2)) })
        {
            wrong.Put(Job(9));
            Assert.ThrowsAny<Exception>(() => Store.Commit(wrong));
        }
        Same(FullAccount(1), Assert.Single(Store.Load().Accounts));
        Assert.Empty(Store.Load().Jobs);
    }

    [Fact]
    public void Credentials_of_a_thing_are_found_by_id_and_read_in_order()
    {
        var changes = ChangesOf.Nothing;
        foreach (var (thing, id) in new[] { (1L, "b"), (1L, "a"), (1L, "B"), (2L, "a") })
        {
            changes.ThingCredentials[(thing, id)] = FullCredential(thing, id);
        }
        var bare = FullCredential(1, "c") with { SecretHash = null, ExpiresAt = null, RevokedAt = null };
        changes.ThingCredentials[(1, "c")] = bare;
        Commit(changes);

        Same(FullCredential(1, "a"), Store.FindThingCredential(1, "a"));
        Same(bare, Store.FindThingCredential(1, "c"));
        Assert.Null(Store.FindThingCredential(2, "b"));
        Same(["B", "a", "b", "c"], Store.ReadThingCredentials(1, null, 10).Select(credential => credential.CredentialId));
        Same(["b"], Store.ReadThingCredentials(1, "a", 1).Select(credential => credential.CredentialId));
    }

    [Fact]
    public void Credentials_go_with_their_thing_also_where_another_takes_its_name_at_once()
    {
        var changes = ChangesOf.Nothing;
        foreach (var name in new[] { "gone", "again", "stays" })
        {
            var thing = FullThing(name, name.Length);
            changes.Things[name] = new(null, thing);
            changes.ThingCredentials[(thing.Sequence, "id")] = FullCredential(thing.Sequence, "id");
        }
        changes.Things["again"] = new(null, FullThing("again", 77));
        changes.ThingCredentials[(77, "id")] = FullCredential(77, "id");
        Commit(changes);

        var next = ChangesOf.Nothing;
        next.Things["gone"] = new(FullThing("gone", 4), null);
        next.Things["again"] = new(FullThing("again", 77), FullThing("again", 78));
        next.Things["stays"] = new(FullThing("stays", 5), FullThing("stays", 5) with { Version = 9 });
        next.ThingCredentials[(78, "id")] = FullCredential(78, "id");
        Commit(next);

        Assert.Null(Store.FindThingCredential(4, "id"));
        Assert.Null(Store.FindThingCredential(77, "id"));
        Assert.NotNull(Store.FindThingCredential(78, "id"));
        Assert.NotNull(Store.FindThingCredential(5, "id"));
    }

    private static JobsChanges AccountChange(Account? before, Account? after)
    {
        var changes = ChangesOf.Nothing;
        changes.Accounts[(after ?? before)!.Sequence] = new(before, after);
        return changes;
    }

    private static JobsChanges KeyChange(long sequence, bool isDeleted)
    {
        var changes = ChangesOf.Nothing;
        changes.AccessKeys[sequence] = isDeleted ? new(FullAccessKey(sequence), null) : new(null, FullAccessKey(sequence));
        return changes;
    }
}
