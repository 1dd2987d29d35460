using IoTJobsToolkit.Engine.Access;
using IoTJobsToolkit.Engine.Operations.Toolkit;
using IoTJobsToolkit.Engine.Storage;
using IoTJobsToolkit.Engine.Tests.Scenarios;

namespace IoTJobsToolkit.Engine.Tests.Access;

public sealed class AccountTests : IDisposable
{
    private const string Password = "a long enough word";
    private readonly TestEngine _t = new(services: new() { Passwords = new PlainPasswords() });

    public void Dispose() => _t.Dispose();

    [Fact]
    public async Task An_account_is_made_listed_and_deleted_and_outlives_a_restart()
    {
        await MakeAsync("root", AccessRole.ADMINISTRATOR);
        var made = await MakeAsync("Alice", AccessRole.OPERATOR);
        Assert.Equal(new("Alice", AccessRole.OPERATOR, TestEngine.T0), made);
        _t.Restart();

        Assert.Equal(
            [new AccountSummary("Alice", AccessRole.OPERATOR, TestEngine.T0, "admin"), new("root", AccessRole.ADMINISTRATOR, TestEngine.T0, "admin")],
            (await _t.Run(new ListAccounts())).Accounts);
        Assert.Equal($"hash of {Password}", _t.Engine.Accounts["ALICE"].PasswordHash);

        await _t.Run(new DeleteAccount("alice"));
        await TestEngine.Refused(_t.Run(new DeleteAccount("Alice")), JobsError.ResourceNotFound);
        Assert.Equal(["root"], _t.Engine.Accounts.Keys);
    }

    [Fact]
    public async Task Accounts_are_listed_in_pages()
    {
        foreach (var name in new[] { "b", "A", "c" })
        {
            await MakeAsync(name);
        }
        var first = await _t.Run(new ListAccounts { MaxResults = 2 });
        var second = await _t.Run(new ListAccounts { MaxResults = 2, NextToken = first.NextToken });

        Assert.Equal(["A", "b", "c"], first.Accounts.Concat(second.Accounts).Select(account => account.AccountName));
        Assert.Null(second.NextToken);
    }

    [Fact]
    public async Task A_name_is_taken_in_whatever_case()
    {
        await MakeAsync("Alice");

        Assert.Contains("Alice", (await TestEngine.Refused(MakeAsync("aLICE"), JobsError.ResourceAlreadyExists)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("a b")]
    [InlineData("a\u200Bb")]
    [InlineData("a/b")]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("12345678901234567890123456789012345678901234567890123456789012345")]
    public Task A_name_that_could_be_mistaken_is_refused(string? name) => TestEngine.Refused(MakeAsync(name!), JobsError.InvalidRequest);

    [Theory]
    [InlineData("elevenchars", "12 to 128")]
    [InlineData("", "12 to 128")]
    [InlineData("ALICE.LIDDELL", "account's name")]
    public async Task A_password_that_is_easily_guessed_is_refused_without_repeating_it(string password, string rule)
    {
        var refused = await TestEngine.Refused(_t.Run(new CreateAccount("alice.liddell", AccessRole.VIEWER, password)), JobsError.InvalidRequest);
        await MakeAsync("alice.liddell");
        var again = await TestEngine.Refused(_t.Run(new UpdateAccount("alice.liddell") { Password = password }), JobsError.InvalidRequest);
        var own = await TestEngine.Refused(_t.Run(new ChangePassword("alice.liddell", Password, password)), JobsError.InvalidRequest);

        Assert.All([refused, again, own], refusal => Assert.Contains(rule, refusal.Message, StringComparison.Ordinal));
        Assert.All([refused, again, own], refusal => Assert.True(password.Length == 0 || !refusal.Message.Contains(password, StringComparison.Ordinal)));
        await TestEngine.Refused(_t.Run(new UpdateAccount("alice.liddell") { Password = new string('p', 129) }), JobsError.InvalidRequest);
    }

    [Fact]
    public void No_password_is_written_where_a_request_is()
    {
        Operation[] requests =
        [
            new CreateAccount("alice", AccessRole.VIEWER, Password), new UpdateAccount("alice") { Password = Password },
            new ChangePassword("alice", Password, Password + "2"),
        ];

        Assert.All(requests, request => Assert.DoesNotContain(Password, request.ToString(), StringComparison.Ordinal));
        Assert.All(requests, request => Assert.Contains("alice", request.ToString(), StringComparison.Ordinal));
    }

    [Fact]
    public async Task Five_wrong_passwords_in_a_row_lock_an_account_for_fifteen_minutes_over_a_restart()
    {
        await MakeAsync("alice");
        for (var i = 0; i < 4; i++)
        {
            Assert.Equal(PasswordOutcome.Wrong, await TryAsync("wrong"));
        }
        Assert.Equal(PasswordOutcome.LocksAccount, await TryAsync("wrong"));
        _t.Restart();
        _t.Clock.Advance(TimeSpan.FromMinutes(15) - TimeSpan.FromMilliseconds(1));

        Assert.Equal(PasswordOutcome.AccountIsLocked, await TryAsync(Password));
        Assert.Equal(TestEngine.T0.AddMinutes(15), (await _t.Run(new ListAccounts())).Accounts[0].LockedUntil);
        Assert.Equal(PasswordOutcome.AccountIsLocked, await TryAsync("wrong")); // And makes the lock no longer.

        _t.Clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(PasswordOutcome.Right, await TryAsync(Password));
        var account = (await _t.Run(new ListAccounts())).Accounts[0];
        Assert.Equal((0, null, _t.Clock.GetUtcNow()), (account.FailedAttempts, account.LockedUntil, account.LastSignInAt));
    }

    [Fact]
    public async Task A_right_password_forgets_the_wrong_ones()
    {
        await MakeAsync("alice");
        for (var round = 0; round < 3; round++)
        {
            for (var i = 0; i < 4; i++)
            {
                Assert.Equal(PasswordOutcome.Wrong, await TryAsync("wrong"));
            }
            Assert.Equal(PasswordOutcome.Right, await TryAsync(Password));
        }
    }

    [Fact]
    public async Task Guesses_at_the_same_time_are_counted_one_by_one()
    {
        await MakeAsync("alice");

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => TryAsync(i == 19 ? Password : "wrong")));

        Assert.Equal(4, outcomes.Count(outcome => outcome == PasswordOutcome.Wrong));
        Assert.Equal(1, outcomes.Count(outcome => outcome == PasswordOutcome.LocksAccount));
        Assert.Equal(15, outcomes.Count(outcome => outcome == PasswordOutcome.AccountIsLocked));
    }

    [Fact]
    public async Task A_password_that_was_compared_before_it_changed_no_longer_counts()
    {
        await MakeAsync("alice");
        var check = _t.Engine.CheckPassword("alice", Password);
        await _t.Run(new UpdateAccount("alice") { Password = "quite another word" });

        Assert.Equal(PasswordOutcome.Wrong, (await _t.Engine.CountPasswordAsync(check, signsIn: true, TestContext.Current.CancellationToken)).Outcome);
    }

    [Fact]
    public async Task Nobody_is_compared_as_long_as_somebody()
    {
        var passwords = new PlainPasswords();
        using var t = new TestEngine(services: new() { Passwords = passwords });
        await t.Run(new CreateAccount("alice", AccessRole.VIEWER, Password));

        Assert.False(t.Engine.CheckPassword("bob", Password).Matches);
        Assert.False(t.Engine.CheckPassword("alice", "wrong").Matches);

        Assert.Equal(2, passwords.Comparisons);
        Assert.Equal(PasswordOutcome.UnknownAccount, (await t.Engine.CountPasswordAsync(t.Engine.CheckPassword("bob", "x"), true, TestContext.Current.CancellationToken)).Outcome);
    }

    [Fact]
    public async Task Another_role_or_password_gives_another_stamp_and_an_unlock_does_not()
    {
        await MakeAsync("root", AccessRole.ADMINISTRATOR);
        await MakeAsync("alice");
        var stamps = new List<long> { Stamp() };
        foreach (var change in new[] { new UpdateAccount("alice") { Role = AccessRole.OPERATOR }, new UpdateAccount("alice") { Password = "quite another word" } })
        {
            await _t.Run(change);
            stamps.Add(Stamp());
        }
        await _t.Run(new ChangePassword("alice", "quite another word", Password));
        stamps.Add(Stamp());
        await _t.Run(new DeleteAccount("alice"));
        await MakeAsync("alice");
        stamps.Add(Stamp());
        Assert.Equal(stamps.Count, stamps.Distinct().Count());

        await _t.Run(new UpdateAccount("alice") { Unlock = true, Role = AccessRole.VIEWER });
        Assert.Equal(stamps[^1], Stamp());
        Assert.Equal(PasswordOutcome.Right, await TryAsync(Password));
        Assert.Equal(stamps[^1], Stamp());

        long Stamp() => _t.Engine.Accounts["alice"].Stamp;
    }

    [Fact]
    public async Task An_administrator_unlocks_an_account()
    {
        await MakeAsync("alice");
        await LockAsync("alice");

        await _t.Run(new UpdateAccount("alice") { Unlock = true });

        Assert.Equal(PasswordOutcome.Right, await TryAsync(Password));
        await TestEngine.Refused(_t.Run(new UpdateAccount("alice")), JobsError.InvalidRequest);
        await TestEngine.Refused(_t.Run(new UpdateAccount("bob") { Unlock = true }), JobsError.ResourceNotFound);
    }

    [Fact]
    public async Task The_last_administrator_who_can_sign_in_stays_one()
    {
        await MakeAsync("root", AccessRole.ADMINISTRATOR);
        await MakeAsync("alice");
        await RefusedToLoseAsync("root");

        await _t.Run(new UpdateAccount("alice") { Role = AccessRole.ADMINISTRATOR });
        await LockAsync("alice");
        await RefusedToLoseAsync("root");
        await _t.Run(new UpdateAccount("root") { Password = "quite another word" });

        await _t.Run(new UpdateAccount("alice") { Unlock = true });
        await _t.Run(new UpdateAccount("root") { Role = AccessRole.VIEWER });
        await RefusedToLoseAsync("alice");
        await _t.Run(new DeleteAccount("root"));
    }

    [Fact]
    public async Task Ones_own_password_is_changed_by_the_old_one_and_wrong_ones_count()
    {
        await MakeAsync("alice");
        var viewer = _t.Engine.As(Caller.Operator("alice", AccessRole.VIEWER));
        await viewer.ExecuteAsync(new ChangePassword("alice", Password, "quite another word"), TestContext.Current.CancellationToken);
        Assert.Equal(PasswordOutcome.Right, await TryAsync("quite another word"));
        await TestEngine.Refused(viewer.ExecuteAsync(new ChangePassword("alice", "quite another word", "quite another word"), TestContext.Current.CancellationToken), JobsError.InvalidRequest);

        var messages = new List<string>();
        for (var i = 0; i < 5; i++)
        {
            messages.Add((await TestEngine.Refused(viewer.ExecuteAsync(new ChangePassword("alice", Password, "yet another word"), TestContext.Current.CancellationToken), JobsError.AccessDenied)).Message);
        }
        messages.Add((await TestEngine.Refused(viewer.ExecuteAsync(new ChangePassword("alice", "quite another word", "yet another word"), TestContext.Current.CancellationToken), JobsError.AccessDenied)).Message);

        Assert.Single(messages.Distinct());
        Assert.Equal(PasswordOutcome.AccountIsLocked, await TryAsync("quite another word"));
    }

    [Fact]
    public async Task The_installations_administrator_is_kept_with_the_password_it_gives()
    {
        await MakeAsync("Admin");
        await LockAsync("Admin");

        await _t.Engine.KeepAccountAsync("admin", "hash of given", TestContext.Current.CancellationToken);

        var account = Assert.Single(_t.Engine.Accounts.Values);
        Assert.Equal(("Admin", AccessRole.ADMINISTRATOR, "hash of given", null), (account.Name, account.Role, account.PasswordHash, account.LockedUntil));
    }

    [Fact]
    public async Task Where_no_accounts_are_kept_the_refusal_says_so()
    {
        using var bare = new TestEngine();

        await TestEngine.Refused(bare.Run(new CreateAccount("alice", AccessRole.VIEWER, Password)), JobsError.InvalidRequest);
    }

    private Task<CreateAccountResponse> MakeAsync(string name, AccessRole role = AccessRole.VIEWER) => _t.Run(new CreateAccount(name, role, Password));

    private async Task<PasswordOutcome> TryAsync(string password, string name = "alice") =>
        (await _t.Engine.CountPasswordAsync(_t.Engine.CheckPassword(name, password), signsIn: true, TestContext.Current.CancellationToken)).Outcome;

    private async Task LockAsync(string name)
    {
        for (var i = 0; i < Account.MaxFailedAttempts; i++)
        {
            await TryAsync("wrong", name);
        }
    }

    private async Task RefusedToLoseAsync(string name)
    {
        var deleted = await TestEngine.Refused(_t.Run(new DeleteAccount(name)), JobsError.Conflict);
        var demoted = await TestEngine.Refused(_t.Run(new UpdateAccount(name) { Role = AccessRole.OPERATOR }), JobsError.Conflict);
        Assert.All([deleted, demoted], refusal => Assert.Contains("only administrator", refusal.Message, StringComparison.Ordinal));
    }
}
