using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Claims;
using System.Security.Cryptography;
using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Engine.Access;
using Microsoft.AspNetCore.Authentication.Cookies;

namespace IoTJobsToolkit.Portal.SignIn;

/// <summary>
/// What somebody who signed in is known by, and whether it still counts. It is asked for every request and for every operation of an open page, from memory: what
/// happens to an account holds at once, wherever it is signed in.
/// </summary>
/// <param name="isOpen">Whether those who have not signed in may everything (<c>Jobs:Auth=Open</c>).</param>
internal sealed class PortalSessions(JobsEngine engine, TimeProvider clock, bool isOpen)
{
    /// <summary>After so long without a request, and after so long in any case where another provider vouched, one signs in again.</summary>
    public static readonly TimeSpan Length = TimeSpan.FromHours(12);

    private const string Session = "session";
    private const string AccountSequence = "account";
    private const string AccountStamp = "stamp";
    private const string Until = "until";

    /// <summary>Sessions that were signed out, until their cookies would have ended by themselves: copies of those no longer count either.</summary>
    private readonly ConcurrentDictionary<string, DateTimeOffset> _ended = new(StringComparer.Ordinal);

    public static ClaimsPrincipal Of(Account account) => Principal(
        account.Name, account.Role, new(AccountSequence, Number(account.Sequence)), new(AccountStamp, Number(account.Stamp)));

    /// <summary>Somebody whom an OpenID provider knows. The name says so: an account may have the same.</summary>
    public ClaimsPrincipal OfProvider(string name, AccessRole role) => Principal(
        $"{name} (OpenID)", role, new Claim(Until, Number((clock.GetUtcNow() + Length).ToUnixTimeSeconds())));

    /// <summary>Null where somebody has to sign in first, or again.</summary>
    public PortalUser? UserOf(ClaimsPrincipal principal)
    {
        if (principal.Identity is not { IsAuthenticated: true, Name: { } name })
        {
            return isOpen ? new(null, AccessRole.ADMINISTRATOR) : null;
        }
        if (principal.FindFirstValue(Session) is not { } session || _ended.ContainsKey(session))
        {
            return null;
        }
        if (principal.FindFirstValue(Until) is { } until)
        {
            return long.Parse(until, CultureInfo.InvariantCulture) > clock.GetUtcNow().ToUnixTimeSeconds() &&
                Enum.TryParse<AccessRole>(principal.FindFirstValue(ClaimTypes.Role), out var role) ? new(name, role) : null;
        }
        return AccountOf(principal) is { } account ? new(account.Name, account.Role) : null;
    }

    /// <summary>The account that is signed in, as it is now; null for others.</summary>
    public Account? AccountOf(ClaimsPrincipal principal) =>
        principal.Identity?.Name is { } name && engine.Accounts.TryGetValue(name, out var account) &&
        principal.FindFirstValue(AccountSequence) == Number(account.Sequence) && principal.FindFirstValue(AccountStamp) == Number(account.Stamp)
            ? account
            : null;

    public void End(ClaimsPrincipal principal)
    {
        var now = clock.GetUtcNow();
        foreach (var (old, _) in _ended.Where(ended => ended.Value <= now))
        {
            _ended.TryRemove(old, out _);
        }
        if (principal.FindFirstValue(Session) is { } session)
        {
            _ended[session] = now + 2 * Length; // Longer than any cookie of it.
        }
    }

    private static ClaimsPrincipal Principal(string name, AccessRole role, params Claim[] more) => new(new ClaimsIdentity(
        [
            new(ClaimTypes.Name, name), new(ClaimTypes.Role, role.ToString()), new(Session, RandomNumberGenerator.GetHexString(32)), .. more,
        ],
        CookieAuthenticationDefaults.AuthenticationScheme));

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}
