using System.Text.Json.Serialization;
using IoTJobsToolkit.Engine.Operations.Device;
using IoTJobsToolkit.Wire.Errors;

namespace IoTJobsToolkit.Wire.Json;

/// <summary>Generated readers and writers of the data plane and of errors; <see cref="WireJson"/> says how they spell.</summary>
[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(GetPendingJobExecutions))]
[JsonSerializable(typeof(GetPendingJobExecutionsResponse))]
[JsonSerializable(typeof(StartNextPendingJobExecution))]
[JsonSerializable(typeof(StartNextPendingJobExecutionResponse))]
[JsonSerializable(typeof(DescribeJobExecution))]
[JsonSerializable(typeof(DescribeJobExecutionResponse))]
[JsonSerializable(typeof(UpdateJobExecution))]
[JsonSerializable(typeof(UpdateJobExecutionResponse))]
[JsonSerializable(typeof(ErrorBody))]
internal sealed partial class DataJson : JsonSerializerContext;
