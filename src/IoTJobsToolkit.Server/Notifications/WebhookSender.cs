using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using IoTJobsToolkit.Engine.NotificationRules;
using IoTJobsToolkit.Wire.Credentials;

namespace IoTJobsToolkit.Server.Notifications;

/// <summary>Sends webhooks as the Standard Webhooks have them: signed with the rule's secret over id, time and body.</summary>
internal sealed class WebhookSender(IHttpClientFactory clients, CredentialIssuer issuer, TimeProvider clock)
{
    public const string Client = "webhooks";

    public async Task<string?> SendAsync(NotificationRule rule, NotificationMessage message, CancellationToken cancellationToken)
    {
        if (issuer.ReadWebhookSecret(rule) is not { } secret)
        {
            return $"The rule's secret cannot be read with {Path.GetFileName(issuer.KeyPath)}: restore that file, or give the rule another secret.";
        }
        using var client = clients.CreateClient(Client);
        using var request = new HttpRequestMessage(HttpMethod.Post, rule.Url)
        {
            Content = new StringContent(message.Json, Encoding.UTF8, new MediaTypeHeaderValue("application/json")),
        };
        var time = clock.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        request.Headers.Add("webhook-id", message.Id);
        request.Headers.Add("webhook-timestamp", time);
        request.Headers.Add("webhook-signature", Signature(secret, message.Id, time, message.Json));
        try
        {
            using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
            return response.IsSuccessStatusCode ? null : $"The receiver answered {(int)response.StatusCode} {response.StatusCode}.";
        }
        catch (HttpRequestException failure)
        {
            return failure.GetBaseException() is SocketException socket
                ? $"The receiver cannot be reached: {socket.SocketErrorCode}."
                : $"The receiver cannot be reached: {failure.HttpRequestError}.";
        }
    }

    /// <summary>The header's value for a body.</summary>
    internal static string Signature(string secret, string id, string time, string body) =>
        $"v1,{Convert.ToBase64String(HMACSHA256.HashData(WebhookSecret.BytesOf(secret), Encoding.UTF8.GetBytes($"{id}.{time}.{body}")))}";
}
