using IoTJobsToolkit.Engine.Access;
using IoTJobsToolkit.Engine.Operations.Toolkit;
using IoTJobsToolkit.Engine.Tests.Engine;
using IoTJobsToolkit.Portal.SignIn;
using Microsoft.Extensions.Logging.Abstractions;

namespace IoTJobsToolkit.Portal.Tests.SignIn;

public sealed class PasswordSignInTests
{
    private const string Password = "correct horse battery";

    [Theory]
    [InlineData(Password)]
    [InlineData("wrong")]
    public async Task A_locked_account_is_refused_without_waiting_for_the_database_whatever_the_password(string password)
    {
        var store = new HookedStore();
        using var fleet = new Fleet(store: store);
        await fleet.RunAsync(new CreateAccount("alice", AccessRole.VIEWER, Password));
        var signIn = new PasswordSignIn(fleet.Engine, new(fleet.Engine, NullLogger<SignInWatch>.Instance));
        for (var i = 0; i < Account.MaxFailedAttempts; i++)
        {
            await fleet.Engine.CountPasswordAsync(fleet.Engine.CheckPassword("alice", "wrong"), signsIn: true, TestContext.Current.CancellationToken);
        }
        using var written = new ManualResetEventSlim();
        store.OnCommit = _ => written.Wait(TestContext.Current.CancellationToken);

        try
        {
            Assert.Null(await signIn.SignInAsync("alice", password, null).WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken));
        }
        finally
        {
            written.Set();
        }
    }
}
