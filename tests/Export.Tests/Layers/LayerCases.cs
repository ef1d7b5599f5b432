using Toolkit.Numerics;
using Toolkit.Trainer.Layers;

namespace Toolkit.Export.Tests.Layers;

/// <summary>Every layer of the library, with the settings that change what is exported.</summary>
internal static class LayerCases
{
    private static readonly Shape Vector = [6];
    private static readonly Shape Sequence = [3, 8];
    private static readonly Shape Image = [4, 7, 6];

    public static IReadOnlyList<LayerCase> All { get; } =
    [
        new("ActivationLayer", Vector, x => new ActivationLayer("tanh").Apply(x)),
        new("Add", Vector, x => new Add().Apply(x, new Dense(6).Apply(x), x)),
        new("AveragePooling1D", Sequence, x => new AveragePooling1D().Apply(x)),
        new("AveragePooling2D", Image, x => new AveragePooling2D().Apply(x)),
        new("AveragePooling2D, same", Image, x => new AveragePooling2D(3, strides: 2, padding: "same").Apply(x)),
        new("BatchNormalization", Image, x => new BatchNormalization().Apply(x)),
        new("BatchNormalization, vector", Vector, x => new BatchNormalization().Apply(x)),
        new("BatchNormalization, neither scale nor offset", Image, x => new BatchNormalization(center: false, scale: false).Apply(x)),
        new("Concatenate", Image, x => new Concatenate().Apply(x, new Conv2D(2, 1).Apply(x))),
        new("Concatenate, last axis", Vector, x => new Concatenate(axis: -1).Apply(x, new Dense(2).Apply(x))),
        new("Conv1D", Sequence, x => new Conv1D(4, 3, activation: "relu").Apply(x)),
        new("Conv1D, same, stride 2", Sequence, x => new Conv1D(4, 3, strides: 2, padding: "same").Apply(x)),
        new("Conv1D, causal, dilated", Sequence, x => new Conv1D(4, 3, padding: "causal", dilationRate: 2).Apply(x)),
        new("Conv2D", Image, x => new Conv2D(5, 3, activation: "relu").Apply(x)),
        new("Conv2D, same, stride 2", Image, x => new Conv2D(5, 3, strides: 2, padding: "same", useBias: false).Apply(x)),
        new("Conv2D, dilated groups", Image, x => new Conv2D(4, (3, 2), dilationRate: (2, 1), groups: 2, activation: "sigmoid").Apply(x)),
        new("Conv2DTranspose", Image, x => new Conv2DTranspose(3, 3).Apply(x)),
        new("Conv2DTranspose, same, stride 2", Image, x => new Conv2DTranspose(3, 3, strides: 2, padding: "same", activation: "relu").Apply(x)),
        new("Dense", Vector, x => new Dense(5, "relu").Apply(x)),
        new("Dense, last axis of an image", Image, x => new Dense(5, "sigmoid", useBias: false).Apply(x)),
        new("DepthwiseConv2D", Image, x => new DepthwiseConv2D(3, padding: "same").Apply(x)),
        new("DepthwiseConv2D, multiplier", Image, x => new DepthwiseConv2D(3, strides: 2, depthMultiplier: 2).Apply(x)),
        new("Dropout", Vector, x => new Dropout(0.5).Apply(x)),
        new("Elu", Vector, x => new Elu().Apply(x)),
        new("Embedding", [4], x => new Embedding(5, 3).Apply(x)) { TakesIndices = true },
        new("Flatten", Image, x => new Flatten().Apply(x)),
        new("Gelu", Vector, x => new Gelu().Apply(x)),
        new("Gelu, approximate", Vector, x => new Gelu(approximate: true).Apply(x)),
        new("GlobalAveragePooling1D", Sequence, x => new GlobalAveragePooling1D().Apply(x)),
        new("GlobalAveragePooling2D", Image, x => new GlobalAveragePooling2D().Apply(x)),
        new("GlobalMaxPooling1D", Sequence, x => new GlobalMaxPooling1D().Apply(x)),
        new("GlobalMaxPooling2D", Image, x => new GlobalMaxPooling2D().Apply(x)),
        new("LayerNormalization", Vector, x => new LayerNormalization().Apply(x)),
        new("LayerNormalization, image", Image, x => new LayerNormalization().Apply(x)),
        new("LeakyRelu", Vector, x => new LeakyRelu().Apply(x)),
        new("MaxPooling1D", Sequence, x => new MaxPooling1D().Apply(x)),
        new("MaxPooling2D", Image, x => new MaxPooling2D().Apply(x)),
        new("MaxPooling2D, same, overlapping", Image, x => new MaxPooling2D(3, strides: 2, padding: "same").Apply(x)),
        new("Multiply", Vector, x => new Multiply().Apply(x, new Dense(6, "sigmoid").Apply(x))),
        new("PRelu", Image, x => new PRelu().Apply(x)),
        new("PRelu, shared over the image", Image, x => new PRelu(sharedAxes: [2, 3]).Apply(x)),
        new("Permute", Image, x => new Permute([3, 1, 2]).Apply(x)),
        new("Reshape", Image, x => new Reshape(new Shape(7, 24)).Apply(x)),
        new("SeparableConv2D", Image, x => new SeparableConv2D(5, 3, padding: "same", activation: "relu").Apply(x)),
        new("Softmax", Vector, x => new Softmax().Apply(x)),
        new("Subtract", Vector, x => new Subtract().Apply(x, new Dense(6).Apply(x))),
        new("UpSampling2D", Image, x => new UpSampling2D((2, 3)).Apply(x)),
        new("UpSampling2D, bilinear", Image, x => new UpSampling2D(2, "bilinear").Apply(x)),
        new("ZeroPadding2D", Image, x => new ZeroPadding2D((1, 2), (0, 3)).Apply(x)),
        .. Activation.Names.Select(name => new LayerCase($"activation {name}", Vector, x => new Dense(5, name).Apply(x))),
        .. Activation.Names.Select(name => new LayerCase($"activation layer {name}", Vector, x => new ActivationLayer(name).Apply(x))),
    ];

    public static TheoryData<string> Names => [.. All.Select(item => item.Name)];

    public static LayerCase Get(string name) => All.Single(item => item.Name == name);
}
