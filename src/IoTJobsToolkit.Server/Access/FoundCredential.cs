using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Engine.Access;

namespace IoTJobsToolkit.Server.Access;

/// <summary>What the database said of a credential.</summary>
/// <param name="Version"><see cref="JobsEngine.CredentialsVersion"/> before it was asked: while that stays the same, the answer does.</param>
internal sealed record FoundCredential(long Version, ThingCredential? Credential);
