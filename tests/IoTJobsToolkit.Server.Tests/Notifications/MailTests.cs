using IoTJobsToolkit.Server.Hosting;
using IoTJobsToolkit.Server.Settings;
using Microsoft.Extensions.Configuration;
using SmtpServer.Protocol;

namespace IoTJobsToolkit.Server.Tests.Notifications;

public sealed class MailTests
{
    private const string Rule = """{"ruleName":"mail","events":["JOB_CREATED"],"emailAddress":"on-call@example.com"}""";

    [Fact]
    public async Task What_happens_is_told_by_mail()
    {
        await using var mail = new MailServer();
        await using var server = await StartAsync(mail);
        (await server.Control("POST /toolkit/notification-rules", Rule)).IsOk();

        await server.CreateJob("fw-7", "lamp-1");
        using var message = await mail.NextAsync();

        Assert.Equal(("fw-7: created", "Jobs <jobs@example.com>".Split(' ')[0]), (message.Subject, message.From.Mailboxes.Single().Name));
        Assert.Equal("on-call@example.com", message.To.Mailboxes.Single().Address);
        Assert.Contains("The notification rule mail asked for this message.", message.TextBody, StringComparison.Ordinal);
        Assert.Equal("auto-generated", message.Headers["Auto-Submitted"]);
    }

    [Theory]
    [InlineData("--Mail:Password=another", "The mail server does not take Mail:User with Mail:Password.")]
    [InlineData("--Mail:Tls=tls", "The mail server cannot be used as Mail:Port and Mail:Tls say.")]
    [InlineData("--Mail:Port=1", "The mail server cannot be reached: ConnectionRefused.")]
    public async Task A_test_tells_what_is_wrong_with_the_settings(string setting, string error)
    {
        await using var mail = new MailServer();
        await using var server = await StartAsync(mail, setting);
        (await server.Control("POST /toolkit/notification-rules", Rule)).IsOk();

        Assert.Equal(error, (string)(await server.Control("POST /toolkit/notification-rules/mail/test")).IsOk().Json["error"]!);
    }

    [Fact]
    public async Task What_the_mail_server_answers_is_told()
    {
        await using var mail = new MailServer { Answer = new(SmtpReplyCode.MailboxUnavailable, "no such mailbox") };
        await using var server = await StartAsync(mail);
        (await server.Control("POST /toolkit/notification-rules", Rule)).IsOk();

        Assert.Equal("The mail server answered 550: no such mailbox", (string)(await server.Control("POST /toolkit/notification-rules/mail/test")).IsOk().Json["error"]!);
    }

    [Fact]
    public async Task Without_a_mail_server_a_test_says_so()
    {
        await using var server = await ApiServer.StartAsync();
        (await server.Control("POST /toolkit/notification-rules", Rule)).IsOk();

        Assert.Contains("Mail:Host", (string)(await server.Control("POST /toolkit/notification-rules/mail/test")).IsOk().Json["error"]!, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Host=mail.example.com", "Mail:Host and Mail:From belong together")]
    [InlineData("Host=mail.example.com;From=nobody", "jobs@example.com")]
    [InlineData("Host=mail.example.com;From=a@b;User=x", "Mail:User and Mail:Password belong together")]
    [InlineData("Host=mail.example.com;From=a@b;Tls=maybe", "Auto, None, StartTls, Tls")]
    [InlineData("Server=mail.example.com", "There is no setting Mail:Server")]
    public void A_wrong_setting_ends_the_start_with_what_is_allowed(string settings, string told)
    {
        var values = settings.Split(';').Select(setting => setting.Split('=')).ToDictionary(setting => $"Mail:{setting[0]}", setting => (string?)setting[1]);

        var refused = Assert.Throws<StartException>(() => MailSettings.Read(new(new ConfigurationBuilder().AddInMemoryCollection(values).Build())));

        Assert.Contains(told, refused.Message, StringComparison.Ordinal);
    }

    private static Task<ApiServer> StartAsync(MailServer mail, params string[] settings) => ApiServer.StartAsync(
        ["--Mail:Host=127.0.0.1", $"--Mail:Port={mail.Port}", "--Mail:From=Jobs <jobs@example.com>", "--Mail:Tls=none", "--Mail:User=jobs", "--Mail:Password=a password", .. settings]);
}
