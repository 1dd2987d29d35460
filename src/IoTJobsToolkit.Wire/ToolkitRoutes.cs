using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Engine.Operations.Toolkit;
using static IoTJobsToolkit.Wire.Plane;

namespace IoTJobsToolkit.Wire;

/// <summary>What this toolkit does beyond AWS, all below <c>/toolkit/</c>: clients that know only AWS never meet it.</summary>
internal static class ToolkitRoutes
{
    public static Route[] All { get; } =
    [
        new Route<CreateAccessKey, CreateAccessKeyResponse>(Control, "POST /toolkit/access-keys") { IsExtension = true },
        new Route<ListAccessKeys, ListAccessKeysResponse>(Control, "GET /toolkit/access-keys?maxResults&nextToken") { IsExtension = true },
        new Route<DeleteAccessKey, Nothing>(Control, "DELETE /toolkit/access-keys/{accessKeyId}") { IsExtension = true },
        new Route<CreateThingCertificate, CreateThingCertificateResponse>(
            Control, "POST /toolkit/things/{thingName}/certificates") { IsExtension = true },
        new Route<RevokeThingCertificate, Nothing>(
            Control, "DELETE /toolkit/things/{thingName}/certificates/{certificateId}") { IsExtension = true },
        new Route<CreateThingToken, CreateThingTokenResponse>(Control, "POST /toolkit/things/{thingName}/tokens") { IsExtension = true },
        new Route<RevokeThingToken, Nothing>(Control, "DELETE /toolkit/things/{thingName}/tokens/{tokenId}") { IsExtension = true },
        new Route<ListThingCredentials, ListThingCredentialsResponse>(
            Control, "GET /toolkit/things/{thingName}/credentials?maxResults&nextToken") { IsExtension = true },
        new Route<ClearJobHistory, ClearJobHistoryResponse>(Control, "POST /toolkit/job-history/clear") { IsExtension = true },
        new Route<DescribeJobWork, DescribeJobWorkResponse>(Control, "GET /toolkit/work?jobId") { IsExtension = true },
    ];
}
