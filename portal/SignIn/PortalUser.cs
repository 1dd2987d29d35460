using System.Security.Claims;
using IoTJobsToolkit.Engine.Access;

namespace IoTJobsToolkit.Portal.SignIn;

/// <summary>Who is signed in, as the pages and the history of changes know them.</summary>
/// <param name="Name">Null where nobody is asked.</param>
internal readonly record struct PortalUser(string? Name, AccessRole Role)
{
    /// <summary>Without a sign-in (<c>Jobs:Auth=Open</c>) everybody may everything; a signed-in user without a known role may look.</summary>
    public static PortalUser Of(ClaimsPrincipal principal) => principal.Identity is not { IsAuthenticated: true } identity
        ? new(null, AccessRole.ADMINISTRATOR)
        : new(identity.Name, Enum.TryParse<AccessRole>(principal.FindFirstValue(ClaimTypes.Role), out var role) ? role : AccessRole.VIEWER);
}
