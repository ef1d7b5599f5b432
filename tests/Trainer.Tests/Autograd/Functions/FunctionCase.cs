using Toolkit.Numerics;
using Toolkit.Trainer.Autograd;

namespace Toolkit.Trainer.Tests.Autograd.Functions;

internal sealed record FunctionCase(string Name, Function Function, params IReadOnlyList<Tensor<double>> Inputs);
