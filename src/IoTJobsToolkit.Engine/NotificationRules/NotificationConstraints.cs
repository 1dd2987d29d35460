using IoTJobsToolkit.Engine.Validation;

namespace IoTJobsToolkit.Engine.NotificationRules;

internal static class NotificationConstraints
{
    private const int MaxUrl = 2048;
    private const int MaxAddress = 254;

    extension(Check check)
    {
        public void RuleName(string? ruleName)
        {
            check.Required("ruleName", ruleName);
            check.Text("ruleName", ruleName, 1, 64, TextPattern.JobId);
        }

        public void DeliveryId(string? deliveryId)
        {
            check.Required("deliveryId", deliveryId);
            check.Text("deliveryId", deliveryId, 1, 64, TextPattern.JobId);
        }

        public void NotificationEvents(IReadOnlyList<NotificationEvent>? events)
        {
            check.Count("events", events, 1, Enum.GetValues<NotificationEvent>().Length);
            foreach (var what in events ?? [])
            {
                check.Defined<NotificationEvent>("events", what);
            }
        }

        /// <summary>Empty for all jobs.</summary>
        public void JobIdPattern(string? pattern) => check.Text("jobIdPattern", pattern, 0, 64, TextPattern.JobIdWildcard);

        /// <summary>Whatever address an administrator types is called, also of this machine and its networks; only its form is looked at.</summary>
        public void Receiver(string? url, string? emailAddress, string? secret)
        {
            check.Length("url", url, 1, MaxUrl);
            if (url is not null && !(Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && uri.UserInfo.Length == 0 && uri.Fragment.Length == 0))
            {
                throw Check.Failed("url", "...", "Member must be an address such as https://example.com/hooks/1, without user and fragment");
            }
            check.Length("emailAddress", emailAddress, 3, MaxAddress);
            if (emailAddress is not null && !IsAddress(emailAddress))
            {
                throw Check.Failed("emailAddress", emailAddress, "Member must be one address such as on-call@example.com");
            }
            if (url is not null && emailAddress is not null)
            {
                throw JobsException.InvalidRequest("A rule has one receiver: give url or emailAddress, not both.");
            }
            if (secret is not null && emailAddress is not null)
            {
                throw JobsException.InvalidRequest("E-mail is not signed: a secret goes with a url.");
            }
            if (secret is not null && !WebhookSecret.IsWhole(secret))
            {
                throw Check.Failed("secret", "...", "Member must be whsec_ and 24 to 64 bytes in base64");
            }
        }
    }

    private static bool IsAddress(string text) =>
        text.Split('@') is [{ Length: > 0 } local, { Length: > 0 }] && local.Length <= 64 && text.All(letter => letter is > ' ' and <= '~' && !"<>()[],;:\\\"".Contains(letter, StringComparison.Ordinal));
}
