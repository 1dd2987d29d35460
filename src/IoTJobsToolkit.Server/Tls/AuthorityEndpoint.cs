using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Server.Api;
using IoTJobsToolkit.Wire.Credentials;
using IoTJobsToolkit.Wire.Errors;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;

namespace IoTJobsToolkit.Server.Tls;

/// <summary><c>GET /toolkit/ca</c>: the certificate of the local authority in PEM, which whoever calls the server over https has to trust.</summary>
internal static partial class AuthorityEndpoint
{
    public const string Path = "/toolkit/ca";

    public static void MapAuthority(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapGet(Path, AnswerAsync).WithMetadata(ApiEndpoint.Instance).ShortCircuit();

    private static async Task AnswerAsync(HttpContext http, CredentialIssuer issuer, ILogger<CredentialIssuer> logger)
    {
        var requestId = ApiResponse.Begin(http, isStopping: false);
        string pem;
        try
        {
            pem = issuer.Authority.Certificate.ExportCertificatePem() + "\n";
        }
        catch (JobsException unusable)
        {
            LogUnusable(logger, requestId, unusable.Message);
            await ApiResponse.WriteAsync(http, ErrorAnswer.Of(
                ErrorNames.ServiceUnavailable, $"The certificate authority cannot be used; the server's log tells why, see request {requestId}.")).ConfigureAwait(false);
            return;
        }
        http.Response.ContentType = "application/x-pem-file";
        http.Response.ContentLength = pem.Length;
        await http.Response.WriteAsync(pem, http.RequestAborted).ConfigureAwait(false);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Request {RequestId} for the certificate of the authority failed: {Reason}")]
    private static partial void LogUnusable(ILogger logger, string requestId, string reason);
}
