using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;

namespace IoTJobsToolkit.Portal.Tests.SignIn;

/// <summary>An OpenID provider on loopback that vouches for one user without asking: discovery, keys, authorization with PKCE, tokens.</summary>
internal sealed class OpenIdProvider : IAsyncDisposable
{
    public const string ClientId = "iot-portal";
    public const string ClientSecret = "the client's secret";

    private readonly WebApplication _app;
    private readonly RSA _key = RSA.Create(2048);
    private readonly ConcurrentDictionary<string, (string Challenge, string Nonce, string RedirectUri)> _codes = new();

    private OpenIdProvider(WebApplication app) => _app = app;

    public string Authority => _app.Urls.Single();

    /// <summary>Of the user, besides who he is.</summary>
    public JsonObject Claims { get; set; } = [];

    /// <summary>Whether tokens are signed with a key that nobody was told of.</summary>
    public bool IsForged { get; set; }

    /// <summary>What was asked for last.</summary>
    public IQueryCollection? Asked { get; private set; }

    public string[] Settings =>
    [
        $"--Portal:Oidc:Authority={Authority}", $"--Portal:Oidc:ClientId={ClientId}", $"--Portal:Oidc:ClientSecret={ClientSecret}",
        "--Portal:Oidc:Roles:ADMINISTRATOR=iot-admins;root", "--Portal:Oidc:Roles:OPERATOR=on-call", "--Portal:Oidc:Roles:VIEWER=staff",
    ];

    public static async Task<OpenIdProvider> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var app = builder.Build();
        var provider = new OpenIdProvider(app);
        app.MapGet("/.well-known/openid-configuration", () => Results.Json(new
        {
            issuer = provider.Authority,
            authorization_endpoint = $"{provider.Authority}/authorize",
            token_endpoint = $"{provider.Authority}/token",
            jwks_uri = $"{provider.Authority}/keys",
            response_types_supported = new[] { "code" },
            subject_types_supported = new[] { "public" },
            id_token_signing_alg_values_supported = new[] { "RS256" },
        }));
        app.MapGet("/keys", provider.Keys);
        app.MapGet("/authorize", provider.Authorize);
        app.MapPost("/token", provider.TokenAsync);
        await app.StartAsync(TestContext.Current.CancellationToken);
        return provider;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        _key.Dispose();
    }

    private IResult Keys()
    {
        var key = _key.ExportParameters(false);
        return Results.Json(new { keys = new[] { new { kty = "RSA", use = "sig", kid = "1", alg = "RS256", n = Base64Url.EncodeToString(key.Modulus), e = Base64Url.EncodeToString(key.Exponent) } } });
    }

    private IResult Authorize(HttpRequest request)
    {
        Asked = request.Query;
        if (request.Query["client_id"] != ClientId || request.Query["response_type"] != "code" || request.Query["code_challenge_method"] != "S256")
        {
            return Results.BadRequest();
        }
        var code = RandomNumberGenerator.GetHexString(16);
        var redirect = request.Query["redirect_uri"].ToString();
        _codes[code] = (request.Query["code_challenge"]!, request.Query["nonce"]!, redirect);
        return Results.Redirect($"{redirect}?code={code}&state={Uri.EscapeDataString(request.Query["state"]!)}");
    }

    private async Task<IResult> TokenAsync(HttpRequest request)
    {
        var form = await request.ReadFormAsync();
        var isKnown = _codes.TryRemove(form["code"].ToString(), out var asked) &&
            form["client_id"] == ClientId && form["client_secret"] == ClientSecret && form["redirect_uri"] == asked.RedirectUri &&
            Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(form["code_verifier"].ToString()))) == asked.Challenge;
        return isKnown
            ? Results.Json(new { access_token = "none", token_type = "Bearer", expires_in = 60, id_token = IdToken(asked.Nonce) })
            : Results.Json(new { error = "invalid_grant" }, statusCode: StatusCodes.Status400BadRequest);
    }

    private string IdToken(string nonce)
    {
        var now = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        var claims = (JsonObject)Claims.DeepClone();
        claims["iss"] = Authority;
        claims["aud"] = ClientId;
        claims["sub"] = "user-1";
        claims["nonce"] = nonce;
        claims["iat"] = now;
        claims["exp"] = now + 300;
        var content = $"{Part(new JsonObject { ["alg"] = "RS256", ["typ"] = "JWT", ["kid"] = "1" })}.{Part(claims)}";
        using var other = RSA.Create(2048);
        return $"{content}.{Base64Url.EncodeToString((IsForged ? other : _key).SignData(Encoding.ASCII.GetBytes(content), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1))}";
    }

    private static string Part(JsonObject json) => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(json));
}
