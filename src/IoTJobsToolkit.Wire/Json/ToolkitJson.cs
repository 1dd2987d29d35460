using System.Text.Json.Serialization;
using IoTJobsToolkit.Engine.Operations.Toolkit;

namespace IoTJobsToolkit.Wire.Json;

/// <summary>Generated readers and writers of the toolkit's own operations; <see cref="WireJson"/> says how they spell.</summary>
[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(CreateAccessKey))]
[JsonSerializable(typeof(CreateAccessKeyResponse))]
[JsonSerializable(typeof(ListAccessKeys))]
[JsonSerializable(typeof(ListAccessKeysResponse))]
[JsonSerializable(typeof(DeleteAccessKey))]
[JsonSerializable(typeof(CreateAccount))]
[JsonSerializable(typeof(CreateAccountResponse))]
[JsonSerializable(typeof(ListAccounts))]
[JsonSerializable(typeof(ListAccountsResponse))]
[JsonSerializable(typeof(UpdateAccount))]
[JsonSerializable(typeof(ChangePassword))]
[JsonSerializable(typeof(DeleteAccount))]
[JsonSerializable(typeof(CreateThingCertificate))]
[JsonSerializable(typeof(CreateThingCertificateResponse))]
[JsonSerializable(typeof(RevokeThingCertificate))]
[JsonSerializable(typeof(CreateThingToken))]
[JsonSerializable(typeof(CreateThingTokenResponse))]
[JsonSerializable(typeof(RevokeThingToken))]
[JsonSerializable(typeof(ListThingCredentials))]
[JsonSerializable(typeof(ListThingCredentialsResponse))]
[JsonSerializable(typeof(ClearJobHistory))]
[JsonSerializable(typeof(ClearJobHistoryResponse))]
[JsonSerializable(typeof(DescribeThingConnectivity))]
[JsonSerializable(typeof(DescribeThingConnectivityResponse))]
[JsonSerializable(typeof(DescribeJobWork))]
[JsonSerializable(typeof(DescribeJobWorkResponse))]
internal sealed partial class ToolkitJson : JsonSerializerContext;
