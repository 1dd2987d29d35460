using System.Collections.Frozen;
using IoTJobsToolkit.Engine;

namespace IoTJobsToolkit.Wire.Errors;

/// <summary>A caller who may not: an older part of AWS's registry has another word for it than the rest (http-api 6, 12).</summary>
internal static class Denial
{
    private const string Unauthorized = "UnauthorizedException";

    private static readonly FrozenSet<string> OperationsThatSayUnauthorized = new[]
    {
        "CreateThing", "DescribeThing", "ListThings", "UpdateThing", "DeleteThing", "DescribeEndpoint",
    }.ToFrozenSet();

    public static string NameFor(Route route) => OperationsThatSayUnauthorized.Contains(route.Operation) ? Unauthorized : ErrorNames.AccessDenied;
}
