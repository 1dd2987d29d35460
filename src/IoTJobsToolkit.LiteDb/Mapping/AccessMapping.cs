using IoTJobsToolkit.Engine.Access;
using LiteDB;

namespace IoTJobsToolkit.LiteDb.Mapping;

/// <summary>Access keys, accounts, and certificates and tokens of things; no secret among them that can be read.</summary>
internal static class AccessMapping
{
    public static BsonDocument ToDocument(AccessKey key) => new()
    {
        ["_id"] = key.Sequence,
        ["id"] = key.AccessKeyId,
        ["n"] = key.UserName,
        ["r"] = (int)key.Role,
        ["s"] = key.ProtectedSecret,
        ["c"] = key.CreatedAt.ToUnixTimeMilliseconds(),
        ["by"] = key.CreatedBy,
    };

    public static AccessKey ToAccessKey(BsonDocument document) => new()
    {
        Sequence = document["_id"].AsInt64,
        AccessKeyId = document["id"].AsString,
        UserName = document["n"].AsString,
        Role = (AccessRole)document["r"].AsInt32,
        ProtectedSecret = document["s"].AsString,
        CreatedAt = document.Time("c")!.Value,
        CreatedBy = document["by"].AsString,
    };

    public static BsonDocument ToDocument(Account account)
    {
        var document = new BsonDocument
        {
            ["_id"] = account.Sequence,
            ["n"] = account.Name,
            ["r"] = (int)account.Role,
            ["h"] = account.PasswordHash,
            ["st"] = account.Stamp,
            ["c"] = account.CreatedAt.ToUnixTimeMilliseconds(),
            ["by"] = account.CreatedBy,
            ["f"] = account.FailedAttempts,
        };
        document.Set("l", account.LastSignInAt);
        document.Set("lu", account.LockedUntil);
        return document;
    }

    public static Account ToAccount(BsonDocument document) => new()
    {
        Sequence = document["_id"].AsInt64,
        Name = document["n"].AsString,
        Role = (AccessRole)document["r"].AsInt32,
        PasswordHash = document["h"].AsString,
        Stamp = document["st"].AsInt64,
        CreatedAt = document.Time("c")!.Value,
        CreatedBy = document["by"].AsString,
        LastSignInAt = document.Time("l"),
        FailedAttempts = document["f"].AsInt32,
        LockedUntil = document.Time("lu"),
    };

    public static BsonDocument ToDocument(ThingCredential credential)
    {
        var document = new BsonDocument
        {
            ["_id"] = Keys.Named(credential.ThingSequence, credential.CredentialId),
            ["q"] = credential.ThingSequence,
            ["t"] = credential.ThingName,
            ["id"] = credential.CredentialId,
            ["k"] = (int)credential.Kind,
            ["c"] = credential.CreatedAt.ToUnixTimeMilliseconds(),
            ["by"] = credential.CreatedBy,
        };
        document.Set("h", credential.SecretHash);
        document.Set("x", credential.ExpiresAt);
        document.Set("rv", credential.RevokedAt);
        return document;
    }

    public static ThingCredential ToThingCredential(BsonDocument document) => new()
    {
        ThingSequence = document["q"].AsInt64,
        ThingName = document["t"].AsString,
        CredentialId = document["id"].AsString,
        Kind = (ThingCredentialKind)document["k"].AsInt32,
        CreatedAt = document.Time("c")!.Value,
        CreatedBy = document["by"].AsString,
        SecretHash = document.Text("h"),
        ExpiresAt = document.Time("x"),
        RevokedAt = document.Time("rv"),
    };
}
