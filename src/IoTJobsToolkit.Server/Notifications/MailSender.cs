using System.Net.Sockets;
using IoTJobsToolkit.Engine.NotificationRules;
using IoTJobsToolkit.Server.Settings;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;

namespace IoTJobsToolkit.Server.Notifications;

/// <summary>Sends e-mail by the mail server of the settings.</summary>
internal sealed class MailSender(ServerSettings settings, TimeProvider clock)
{
    public async Task<string?> SendAsync(NotificationRule rule, NotificationMessage message, CancellationToken cancellationToken)
    {
        if (settings.Mail is not { } server)
        {
            return "No mail server is set up: start the server with Mail:Host and Mail:From.";
        }
        if (!MailboxAddress.TryParse(rule.EmailAddress, out var receiver))
        {
            return "The e-mail address cannot be read: give the rule another one.";
        }
        using var mail = new MimeMessage
        {
            Subject = message.Subject,
            Date = clock.GetUtcNow(),
            MessageId = $"{message.Id}@{server.From.Domain}",
            Body = new TextPart("plain") { Text = message.Text },
        };
        mail.From.Add(server.From);
        mail.To.Add(receiver);
        mail.Headers.Add("Auto-Submitted", "auto-generated"); // Nobody's absence is answered to a program.
        using var client = new SmtpClient();
        try
        {
            await client.ConnectAsync(server.Host, server.Port, OptionsOf(server.Tls), cancellationToken).ConfigureAwait(false);
            if (server.User is { } user)
            {
                await client.AuthenticateAsync(user, server.Password!, cancellationToken).ConfigureAwait(false);
            }
            await client.SendAsync(mail, cancellationToken).ConfigureAwait(false);
            await client.DisconnectAsync(quit: true, cancellationToken).ConfigureAwait(false);
            return null;
        }
        catch (SmtpCommandException refused)
        {
            return $"The mail server answered {(int)refused.StatusCode}: {refused.Message}";
        }
        catch (Exception failure) when (failure is AuthenticationException or SslHandshakeException or ProtocolException or NotSupportedException)
        {
            return failure is AuthenticationException
                ? "The mail server does not take Mail:User with Mail:Password."
                : "The mail server cannot be used as Mail:Port and Mail:Tls say.";
        }
        catch (Exception failure) when (failure is SocketException or IOException)
        {
            return $"The mail server cannot be reached: {(failure.GetBaseException() as SocketException)?.SocketErrorCode.ToString() ?? "the connection broke"}.";
        }
    }

    private static SecureSocketOptions OptionsOf(MailTls tls) => tls switch
    {
        MailTls.None => SecureSocketOptions.None,
        MailTls.StartTls => SecureSocketOptions.StartTls,
        MailTls.Tls => SecureSocketOptions.SslOnConnect,
        _ => SecureSocketOptions.Auto,
    };
}
