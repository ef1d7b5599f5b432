using Toolkit.Numerics;
using Toolkit.Onnx;

namespace Toolkit.Trainer.Autograd;

/// <summary>Where a <see cref="Function"/> writes itself as ONNX operators when a model is exported.</summary>
public interface IOperatorSink
{
    /// <summary>Adds a node with one output; the node's name comes from the layer's path and the operator: <c>/dense1/Gemm</c>.</summary>
    /// <param name="operatorRecord">The operator with its attributes.</param>
    /// <param name="inputs">The names of the values that it reads.</param>
    /// <returns>The name of the value that it makes.</returns>
    string Add(Operator operatorRecord, params ReadOnlySpan<string> inputs);

    /// <summary>Adds a constant that is not a parameter of the model, such as a target shape.</summary>
    /// <param name="suffix">What it is, for its name: <c>shape</c> gives <c>/reshape1/shape</c>.</param>
    /// <param name="value">The constant.</param>
    /// <returns>Its name.</returns>
    string Constant(string suffix, Tensor value);
}
