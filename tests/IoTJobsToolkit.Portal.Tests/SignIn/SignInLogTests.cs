using System.Collections.Concurrent;
using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Engine.Access;
using IoTJobsToolkit.Engine.Operations.Toolkit;
using Microsoft.Extensions.Logging;

namespace IoTJobsToolkit.Portal.Tests.SignIn;

public sealed class SignInLogTests
{
    [Fact]
    public async Task The_log_tells_who_signed_in_who_was_refused_and_who_is_locked_and_no_password()
    {
        using var log = new Lines();
        await using var server = await SignInServer.StartAsync(TimeProvider.System, log);
        await server.AddAsync("alice");
        using var browser = new SignInBrowser(server.Address);
        for (var i = 0; i < 5; i++)
        {
            using var wrong = await browser.SignInAsync("alice", "wrong-password-1");
        }
        using var unknown = await browser.SignInAsync("my-password-by-mistake", "wrong-password-2");
        using var signedIn = await browser.SignInAsync("admin", SignInServer.Password);
        using var changed = await browser.PostAsync(
            "/portal/account", "/portal/account", ("oldPassword", "wrong-password-3"), ("newPassword", "wanted-password"), ("repeated", "wanted-password"));
        await Assert.ThrowsAsync<JobsException>(() => server.RunAsync(new UpdateAccount("alice") { Password = "short-one", Role = AccessRole.OPERATOR }));

        var text = string.Join('\n', log.All);
        Assert.Contains("admin signed in from 127.0.0.1 (password)", text, StringComparison.Ordinal);
        Assert.Contains("A sign-in as alice from 127.0.0.1 was refused", text, StringComparison.Ordinal);
        Assert.Contains("The account alice is locked for 15 minutes", text, StringComparison.Ordinal);
        Assert.Contains("A sign-in as somebody unknown from 127.0.0.1 was refused", text, StringComparison.Ordinal);
        Assert.All(
            new[] { "wrong-password", "my-password", "wanted-password", "short-one", SignInServer.Password },
            secret => Assert.DoesNotContain(secret, text, StringComparison.Ordinal));
    }

    private sealed class Lines : ILoggerProvider, ILogger
    {
        public ConcurrentQueue<string> All { get; } = new();

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            All.Enqueue($"{formatter(state, exception)} {exception}");

        public void Dispose()
        {
        }
    }
}
