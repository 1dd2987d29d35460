using IoTJobsToolkit.Engine.Access;
using IoTJobsToolkit.Server.Hosting;
using IoTJobsToolkit.Server.Settings;

namespace IoTJobsToolkit.Portal.SignIn;

/// <summary>An OpenID provider whose users may sign in, and which of their claims give which role.</summary>
/// <param name="Roles">The role by each value of the role claim that gives one.</param>
public sealed record OidcSettings(
    Uri Authority, string ClientId, string ClientSecret, string RoleClaim, string NameClaim, IReadOnlyDictionary<string, AccessRole> Roles)
{
    private const string Section = "Portal:Oidc";
    private static readonly string[] Needed = ["Authority", "ClientId", "ClientSecret"];

    public string Host => Authority.Host;

    /// <summary>Null where there is none.</summary>
    /// <exception cref="StartException">A setting is wrong, or some are missing.</exception>
    public static OidcSettings? Read(IConfiguration configuration)
    {
        var settings = new SettingReader(configuration);
        settings.AllowOnly("Portal", [
            .. Needed.Select(name => $"Oidc:{name}"), "Oidc:RoleClaim", "Oidc:NameClaim", .. Enum.GetNames<AccessRole>().Select(role => $"Oidc:Roles:{role}")]);
        if (!configuration.GetSection(Section).AsEnumerable().Any(setting => setting.Value is { Length: > 0 }))
        {
            return null;
        }
        if (Needed.FirstOrDefault(name => settings.Text($"{Section}:{name}") is null) is { } missing)
        {
            throw new StartException(
                StartException.BadSetting,
                $"{Section}:{missing} is missing: {string.Join(", ", Needed.Select(name => $"{Section}:{name}"))} belong together; give all or none.");
        }
        return new(
            AuthorityOf(settings.Text($"{Section}:Authority")!), settings.Text($"{Section}:ClientId")!, settings.Text($"{Section}:ClientSecret")!,
            settings.Text($"{Section}:RoleClaim") ?? "roles", settings.Text($"{Section}:NameClaim") ?? "preferred_username", RolesOf(settings));
    }

    /// <summary>The highest role that one of the values gives.</summary>
    public AccessRole? RoleOf(IEnumerable<string> values) =>
        values.Where(Roles.ContainsKey).Select(value => (AccessRole?)Roles[value]).Max();

    private static Uri AuthorityOf(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri is { Query: "", Fragment: "", UserInfo: "" } &&
        (uri.Scheme == Uri.UriSchemeHttps || uri.Scheme == Uri.UriSchemeHttp && uri.IsLoopback)
            ? uri
            : throw SettingReader.Refused($"{Section}:Authority", text, "the https address of an OpenID provider; http on this machine only");

    private static Dictionary<string, AccessRole> RolesOf(SettingReader settings)
    {
        var roles = new Dictionary<string, AccessRole>(StringComparer.Ordinal);
        foreach (var role in Enum.GetValues<AccessRole>())
        {
            foreach (var value in settings.List($"{Section}:Roles:{role}"))
            {
                if (!roles.TryAdd(value, role))
                {
                    throw SettingReader.Refused($"{Section}:Roles:{role}", value, $"a value that gives one role only; it gives {roles[value]} already");
                }
            }
        }
        return roles.Count > 0
            ? roles
            : throw new StartException(
                StartException.BadSetting,
                $"Nobody could sign in by OpenID: set {Section}:Roles:ADMINISTRATOR, {Section}:Roles:OPERATOR or {Section}:Roles:VIEWER to the values of the role claim that give that role, with ; between them.");
    }
}
