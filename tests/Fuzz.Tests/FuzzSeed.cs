using Toolkit.Numerics;
using Toolkit.Onnx.Protobuf;

namespace Toolkit.Fuzz.Tests;

/// <summary>A model that runs, with inputs that it runs on: what mutations start from.</summary>
/// <param name="Name">Where it comes from.</param>
/// <param name="Model">The file, parsed.</param>
/// <param name="Bytes">The file.</param>
/// <param name="Inputs">Inputs by name; those that are not here are made up.</param>
internal sealed record FuzzSeed(string Name, ModelProto Model, byte[] Bytes, IReadOnlyDictionary<string, Tensor> Inputs);
