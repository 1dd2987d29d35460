using IoTJobsToolkit.Server.Hosting;
using MimeKit;

namespace IoTJobsToolkit.Server.Settings;

/// <summary>How the connection to the mail server is encrypted.</summary>
public enum MailTls
{
    /// <summary>As the port says: from the start at 465, else by STARTTLS where the server has it.</summary>
    Auto,

    None,

    /// <summary>By STARTTLS, and not at all without it.</summary>
    StartTls,

    /// <summary>From the start.</summary>
    Tls,
}

/// <summary>The mail server for notifications (<c>Mail</c>).</summary>
public sealed record MailSettings
{
    private const string Section = "Mail";

    public required string Host { get; init; }

    public int Port { get; init; }

    public MailTls Tls { get; init; }

    public string? User { get; init; }

    public string? Password { get; init; }

    /// <summary>Of whom messages come.</summary>
    public required MailboxAddress From { get; init; }

    /// <summary>Without the password.</summary>
    public override string ToString() => $"{Host}:{Port}";

    /// <summary>Null where there is none.</summary>
    /// <exception cref="StartException">A setting is wrong.</exception>
    internal static MailSettings? Read(SettingReader settings)
    {
        settings.AllowOnly(Section, nameof(Host), nameof(Port), nameof(Tls), nameof(User), nameof(Password), nameof(From));
        var (host, from) = (settings.Text($"{Section}:{nameof(Host)}"), settings.Text($"{Section}:{nameof(From)}"));
        var (user, password) = (settings.Text($"{Section}:{nameof(User)}"), settings.Text($"{Section}:{nameof(Password)}"));
        if (host is null != from is null || host is null && (user ?? password) is not null)
        {
            throw new StartException(StartException.BadSetting, $"{Section}:{nameof(Host)} and {Section}:{nameof(From)} belong together; give both or none.");
        }
        if (user is null != password is null)
        {
            throw new StartException(StartException.BadSetting, $"{Section}:{nameof(User)} and {Section}:{nameof(Password)} belong together; give both or none.");
        }
        if (host is null)
        {
            return null;
        }
        var tls = settings.Word($"{Section}:{nameof(Tls)}", MailTls.Auto);
        return new()
        {
            Host = host,
            Port = settings.WholeNumber($"{Section}:{nameof(Port)}", 1, 65_535) ?? (tls == MailTls.Tls ? 465 : 587),
            Tls = tls,
            User = user,
            Password = password,
            From = MailboxAddress.TryParse(from, out var address) && address.Address.Contains('@', StringComparison.Ordinal)
                ? address
                : throw SettingReader.Refused($"{Section}:{nameof(From)}", from!, "an address such as jobs@example.com"),
        };
    }
}
